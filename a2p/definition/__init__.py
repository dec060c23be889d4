"""What is asked: types, loader, overlays, versions and the JSON Schema of questionnaire definitions."""
