"""Takes away, one at a time, each condition that keeps partnerships and people apart and each row of the policy, and
shows that a test fails. `./run mutate [FILES]`; not part of the tests, for it runs them over and over."""
