"""The pages of events, for everybody and for organisers."""
