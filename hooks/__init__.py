"""Công khai kế hoạch: from YAML in git to a public website.

Data flows one way. `A ← B` reads: B imports A; `tests/test_house.py` holds it.

    problem, text, dates ← model ← load ← check
                  model ← assign ← check, derive
                           model ← load ← derive ← pages, export ← entry
    load, check, draft ← __main__
    text ← paragraphs ← outline ← propose ← draft
    model ← roster ← wording ← propose; model ← transcript

| room        | comes in                      | goes out                                        |
|-------------|-------------------------------|-------------------------------------------------|
| `problem`   |                               | `Problem`: a fault in the data, as a value      |
| `text`      | strings                       | folded text, slugs, Vietnamese order, numbers   |
| `dates`     | `2026-05`, `11-01`            | `PartialDate`, calendar days in Viet Nam        |
| `model`     |                               | the shapes of the data files, frozen and typed  |
| `load`      | the folder `plans/`           | `Dataset` with a line for every value; problems |
| `assign`    | `Plan`                    | who answers for which item, inheritance worked out |
| `check`     | `Dataset`, the day            | problems: one rule, one generator               |
| `derive`    | `Dataset`, the day            | `Atlas`: everything a page may say, computed    |
| `pages`     | `Atlas`                       | which pages exist, and what each is told        |
| `export`    | `Atlas`                       | CSV, JSON, feeds: the same facts for machines   |
| `render`    | a page                        | HTML, through `theme/`                          |
| `search`    | the finished HTML             | the search index (Pagefind)                     |
| `publish`   | a build beside `site/`        | `site/`, replaced in one step or not at all     |
| `entry`     | MkDocs events                 | calls the rooms above; knows MkDocs, little else|
| `paragraphs`| an official text              | its paragraphs, rejoined, with their marks      |
| `outline`   | those paragraphs              | its tree: parts, numbers, letters, bullets      |
| `roster`    | `units.yml`                   | which units a sentence names                    |
| `wording`   | a sentence                    | deadlines, figures, reporting, citations in it  |
| `propose`   | that tree                     | kinds, roles and dates for each item, and doubts|
| `draft`     | a text, `units.yml`           | a `plan.yml` to review                          |
| `transcript`| `Plan`                        | the document's text, rebuilt from the data      |
| `__main__`  | the command line              | `check`, `draft`, `report`, `schema`            |

Words (English in code, Vietnamese on pages): Locality địa phương, Unit đơn vị (a type
of body; the body itself is a locality's unit), Document văn bản, Plan kế hoạch (a
document held as data), Programme chương trình, Item mục, Commitment cam kết,
Assignment phân công, Report báo cáo, State trạng thái (derived, never typed).
"""
