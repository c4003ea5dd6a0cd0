"""Everything about people and language: reading sentences, answering, saying, showing.

Start reading at `grammar` (text -> Reading), then `answers` (Reading and engine -> Answer), then
`ui`.
"""
