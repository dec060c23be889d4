"""Who may: principals, the policy table, loading by authorisation, sessions."""
