"""One module a blueprint: the rows of tests/web/test_access_matrix.py."""
