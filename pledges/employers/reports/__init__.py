"""Reports to the board of an employer: its pledges, actions and survey in a period.

An editor makes one as a proposal. Its figures are computed when it is sent for approval, so that
the approver publishes what was read. They are stored: later changes of rows change no report.
Page, CSV and PDF are rendered from this data, in the reader's language; the PDF is not stored, so
that it follows corrections of its template.
"""
