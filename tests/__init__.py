"""The tests, as a package: a library installs a package of this name too, and `tests.builders` must be ours."""
