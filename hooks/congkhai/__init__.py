"""Công khai kế hoạch: from YAML in git to a public website.

Data flows one way, package by package; each says in its `__init__` what comes in and what
goes out. A package imports only what stands before it here, and a test holds that:

    text ← data ← sources ← reading ← model ← checks, pictures ← pages
    ← exports, drafting ← build ← commands
    ← mkdocs_messages ← cli, mkdocs_plugin ← mkdocs_office

Terms (English in code, Vietnamese on pages): Locality địa phương, Unit đơn vị (a type of
body; the body itself is a locality's unit), Document văn bản, Plan kế hoạch (a document held
as data), Programme chương trình, Item mục, Commitment cam kết, Assignment phân công, Report
báo cáo, State trạng thái (derived, never typed).
"""
