"""The rules of the data, one small generator each; its docstring is the rule.

| module      | rules about                                                            |
|-------------|------------------------------------------------------------------------|
| `registers` | localities, units, documents, programmes, measures                     |
| `items`     | names and ids that a plan refers to, its items and who answers for them |
| `quotes`    | words that must stand in the document exactly as printed               |
| `fidelity`  | the document's words, all of them and no other                         |
| `deadlines` | the period, deadlines, dates of targets                                |
| `placement` | where a plan's folder lies, which plan it replaces                     |
| `reports`   | what a unit may report: about what, when, from which file              |
| `lines`     | what a report says of each item, also against the one before            |
| `links`     | where readers may be sent                                              |
| `privacy`   | personal data, which is never published                                |
| `published` | what readers have seen: compared with a commit, and so not with `check` |

`subject` holds what the rules are asked about. `check` asks them all, but for `published`.
"""
