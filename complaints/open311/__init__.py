"""Open311 GeoReport v2 at `/open311/v2/`: programs of others list our categories, file reports and read the public ones."""
