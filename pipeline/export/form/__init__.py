"""A SOP as the form of PermenPAN-RB 35/2012 prints it, page by page, so that it can be printed again."""
