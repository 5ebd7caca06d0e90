"""Employers and the six staff pledges in a year: adopted, done about them, what staff say."""
