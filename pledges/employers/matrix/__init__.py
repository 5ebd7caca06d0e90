"""Employers by the six staff pledges in a year: adoptions, actions, changes in the staff survey."""
