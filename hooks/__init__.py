"""Công khai kế hoạch: from YAML in git to a public website.

Data flows one way: read → judge → compute → write. One module, one room:

Words and values, which every stage uses:

| room          | comes in                     | goes out                                           |
|---------------|------------------------------|----------------------------------------------------|
| `problem`     |                              | `Problem`: a fault in the data, as a value         |
| `text`        | strings                      | folded text, slugs, Vietnamese order, numbers      |
| `dates`       | `2026-05`, `11-01`           | `PartialDate`, calendar days in Viet Nam           |
| `suggest`     | a word nobody knows          | the nearest one that is known                      |
| `memo`        | what makes text from text    | the same, made once each                           |

1. Read: the folder `plans/` becomes a `Dataset` in which every value knows its line:

| room          | comes in                     | goes out                                           |
|---------------|------------------------------|----------------------------------------------------|
| `characters`  | bytes of a data file         | clean text; problems                               |
| `yaml_faults` | a text that is no YAML       | what went wrong, and where                         |
| `strict_yaml` | clean text                   | plain data, a line for every value                 |
| `fields`      | one value, as it was written | a date, a number, an identifier; or what is wrong  |
| `model`       |                              | the shapes of plans and reports, frozen and typed  |
| `register`    |                              | the shapes of the registers                        |
| `form_faults` | plain data, a model's errors | problems, with the right form                      |
| `folder`      | the folder `plans/`          | which files it holds; problems                     |
| `load`        | the folder `plans/`          | `Dataset` with a line for every value; problems    |

2. Judge: what is wrong with it, all at once, for staff:

| room          | comes in                     | goes out                                           |
|---------------|------------------------------|----------------------------------------------------|
| `assign`      | `Plan`                       | who answers for which item, inheritance worked out |
| `rules`       | `Dataset`, the day           | problems: one rule, one generator                  |
| `check`       | `Dataset`, the day           | all problems, of all rules                         |

3. Compute: the `Atlas`, everything that a page may say:

| room          | comes in                     | goes out                                           |
|---------------|------------------------------|----------------------------------------------------|
| `views`       |                              | the shapes of what plans are made of               |
| `plan_view`   |                              | the shapes of one plan: in short, and opened       |
| `atlas`       |                              | the shapes of what shows across plans, and of all  |
| `labels`      | a term of the model          | its Vietnamese words on pages                      |
| `gazetteer`   | `localities.yml`             | places: names, addresses, successors               |
| `states`      | reports, deadlines, the day  | states, roll-ups: the published rule               |
| `progress`    | a plan's commitments         | its roll-up at the end of each year, and today     |
| `references`  | an item                      | where it stands, as one cites it                   |
| `uptake`      | a plan, documents            | the goals of documents above that it took up       |
| `commitments` | one plan, the day            | everything a page may say about it                 |
| `cascade`     | documents, plans             | who took up which goal, who left it out; delays    |
| `history`     | git                          | when a file was committed, what it said then       |
| `changes`     | `Atlas`, history             | what changed, newest first                         |
| `derive`      | `Dataset`, the day           | `Atlas`: everything a page may say, computed       |

4. Write: pages, files for machines, the search index; then publish in one step. Each
province goes through stages 1 to 4 by itself (`country`), so that memory and work grow
with what changed, not with the country:

| room          | comes in                     | goes out                                           |
|---------------|------------------------------|----------------------------------------------------|
| `shards`      | `Atlas`                      | what grows with the country, by province and year  |
| `page`        |                              | the shape of a page                                |
| `province_pages` | an `Atlas`                | the pages that a province is enough for            |
| `pages`       | `Atlas`                      | which pages exist, and what each is told           |
| `chart`       | roll-ups, values             | where to draw a bar, a point, a line               |
| `addresses`   | an address, a page's own     | the way from one to the other                      |
| `sheet`       | a page's address             | its addresses, and pieces made for it so far       |
| `escape`      | any value                    | its text as it may stand in HTML                   |
| `pieces`      | a commitment, an item        | the HTML that stands a hundred times on a page     |
| `templates`   | the folder `theme/`          | its templates, made into quick Python              |
| `render`      | a page                       | HTML, through `theme/`                             |
| `headers`     |                              | security headers for hosts, and for each page      |
| `corpus`      | pages, provisions            | the words that people search                       |
| `facets`      | `Atlas`                      | what commitments are filtered by                   |
| `comparison`  | `Atlas`                      | a plan in short, to be set beside another          |
| `feeds`       | `Atlas`                      | the calendar and the feed of changes               |
| `export`      | `Atlas`                      | CSV, JSON, feeds: the same facts for machines      |
| `press`       | tasks                        | what they give, done by all cores                  |
| `shelf`       | contents                     | files under their hashes, linked into sites        |
| `cache`       | files as they are made       | the same files in a later build, not made again    |
| `ground`      | the data folder              | what all provinces stand on; on what a file depends |
| `country`     | the ground, what is kept     | every generated file; problems                     |
| `search`      | the finished HTML            | the search index (Pagefind)                        |
| `origin`      | code, templates, settings    | their hash, their commits                          |
| `manifest`    | a site                       | its files, and their hashes                        |
| `publish`     | a build beside `site/`       | `site/`, replaced in one step or not at all        |
| `verify`      | a published site             | how it differs from a new build                    |
| `entry`       | MkDocs events                | calls the rooms above; knows MkDocs, little else   |

Beside the way: from an official text to a first `plan.yml`, and forms for staff:

| room          | comes in                     | goes out                                           |
|---------------|------------------------------|----------------------------------------------------|
| `paragraphs`  | an official text             | its paragraphs, rejoined, with their marks         |
| `outline`     | those paragraphs             | its tree: parts, numbers, letters, bullets         |
| `roster`      | `units.yml`                  | which units a sentence names                       |
| `wording`     | a sentence                   | deadlines, figures, reporting, citations in it     |
| `propose`     | that tree                    | kinds, roles and dates for each item, and doubts   |
| `draft`       | a text, `units.yml`          | a `plan.yml` to review                             |
| `transcript`  | `Plan`                       | the document's text, rebuilt from the data         |
| `template`    | a plan, a unit               | a report to fill in                                |
| `__main__`    | the command line             | `check`, `draft`, `report`, `schema`, `verify`     |

Words (English in code, Vietnamese on pages): Locality địa phương, Unit đơn vị (a type
of body; the body itself is a locality's unit), Document văn bản, Plan kế hoạch (a
document held as data), Programme chương trình, Item mục, Commitment cam kết,
Assignment phân công, Report báo cáo, State trạng thái (derived, never typed).

Who may import whom, `A ← B`: B imports A and what A may import. `tests/test_house.py`
reads these lines.

    problem, text, dates ← fields ← model; problem, text, dates ← characters, suggest, history
    characters, yaml_faults ← strict_yaml; fields, strict_yaml, suggest ← form_faults; suggest ← folder
    model ← register; register, folder, form_faults ← load
    register ← views ← plan_view ← atlas; model ← transcript, references; register ← assign; text, atlas ← gazetteer; memo, text, atlas ← labels; assign, atlas ← states ← progress; atlas, history ← changes
    assign, gazetteer, load, states, transcript ← rules ← check
    plan_view, references, states ← uptake ← cascade; load, progress, uptake ← commitments; cascade, commitments, changes, gazetteer, labels ← derive
    states ← shards ← province_pages, export; assign ← province_pages; labels ← province_pages ← pages; labels ← feeds, corpus; plan_view ← page ← province_pages; assign ← corpus ← facets, comparison ← export; states, gazetteer ← pages
    atlas ← chart; addresses ← sheet; escape, sheet, states, labels ← pieces; memo ← escape ← templates; memo ← export; chart, feeds, page, pieces, sheet, templates ← render; feeds, corpus, states ← export
    text ← paragraphs ← outline ← propose ← draft; register ← roster ← wording ← propose
    assign, labels ← template
    manifest, shelf ← cache; shelf ← country; cache, commitments, history, press, rules, shards ← ground; cache, check, derive, export, ground, pages, press, render, search ← country ← entry; cache, render ← origin; origin, press, publish ← entry
    headers ← render, export; press ← export; manifest ← publish, verify; check, derive, draft, history, template, verify ← __main__
"""
