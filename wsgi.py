"""For a WSGI server: `gunicorn wsgi:app`. It stops with a list of what is missing if the settings can't be used."""

from a2p import create_app

app = create_app()
