"""The government that runs this portal: its agencies, districts, contacts and working calendar."""
