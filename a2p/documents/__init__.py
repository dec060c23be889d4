"""What is printed: charts, capacity reports and blank forms, from results and definitions alone."""
