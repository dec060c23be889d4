"""What people do: open a round, invite, answer, close."""
