"""The workshop pack: what a facilitator prepares with, talks about and writes on, made from one disclosed result.

`pdf.workshop_pack` gives the PDF, `page.workshop_pack_html` a page of equal content that needs no PDF library. Nothing
in it points out a lone voice, whoever the result was disclosed to.
"""
