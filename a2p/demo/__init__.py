"""Making a demo region: invented places, people and answers, made by the same services that the site uses."""
