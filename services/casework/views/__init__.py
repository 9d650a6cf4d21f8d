"""The pages of cases for citizens and for everybody. The desk's pages stand in `admin`."""
