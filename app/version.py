"""The version of the program, as shown at login, in papers and in crash details."""

VERSION = "0.1.0"
