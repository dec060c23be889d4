"""A storm on the answers: respondents save over real HTTP while the server's processes are killed; then everything that
was acknowledged is looked for in the database. `./run storm --seconds N --kills K [--postgres]`."""
