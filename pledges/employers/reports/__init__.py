"""Reports to the board of an employer: what it promised its staff, did, and heard, in a period.

An editor makes one as a proposal. Its figures are taken when it is sent for approval, so that the
approver publishes what was read, and from then on they are a copy: what changes later changes no
report. Page, CSV and PDF are all made from that copy, in the reader's language; the PDF is not
kept beside it, as it could say nothing else, and would not be mended with the template that writes
it.
"""
