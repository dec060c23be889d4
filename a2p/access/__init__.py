"""Who may: grants, the policy table, sign-in and links."""
