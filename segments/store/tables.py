"""The tables of a store, as the newest schema has them. Instants are UTC without a zone.

A change here needs a step in `segments.store.migrating`.
"""

import sqlalchemy as sa

LONGEST = 200

METADATA = sa.MetaData()


def _segment() -> sa.Column[int]:
    owner = sa.ForeignKey("segments.id", ondelete="CASCADE")
    return sa.Column("segment", sa.Integer, owner, nullable=False)


SCHEMA = sa.Table("krets_schema", METADATA, sa.Column("version", sa.Integer, nullable=False))

SEGMENTS = sa.Table(
    "segments",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(LONGEST), nullable=False, unique=True),
    sa.Column("folded", sa.String(2 * LONGEST), nullable=False, unique=True),  # VIP is vip
    sa.Column("owner", sa.String(LONGEST), nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("changed_at", sa.DateTime, nullable=False),
    sa.Column("newest", sa.Integer, nullable=False, server_default="1"),  # a version's number
    sa.Column("archived_at", sa.DateTime),
    sa.Column("review_days", sa.Integer),
    sa.Column("reviewed_at", sa.DateTime),
)
VERSIONS = sa.Table(
    "segment_versions",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    _segment(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("definition", sa.Text, nullable=False),  # versioned JSON, the one that counts
    sa.Column("text", sa.Text, nullable=False),  # canonical, for people who read the table
    sa.Column("sentence", sa.Text, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("by", sa.String(LONGEST), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("restored", sa.Integer),
    sa.UniqueConstraint("segment", "number"),
    sqlite_autoincrement=True,  # what refers to a version never meets another one
)
TAGS = sa.Table(
    "segment_tags",
    METADATA,
    _segment(),
    sa.Column("folded", sa.String(2 * LONGEST), nullable=False),
    sa.Column("tag", sa.String(LONGEST), nullable=False),
    sa.PrimaryKeyConstraint("segment", "folded"),
)
SIZES = sa.Table(
    "segment_sizes",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "version",
        sa.Integer,
        sa.ForeignKey("segment_versions.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("as_of", sa.Date, nullable=False),
    sa.Column("members", sa.Integer, nullable=False),
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("cause", sa.String(20), nullable=False),
)
EXTRAS = sa.Table(
    "segment_extras",
    METADATA,
    _segment(),
    sa.Column("kind", sa.String(LONGEST), nullable=False),
    sa.Column("content", sa.Text, nullable=False),  # JSON, whose meaning is its owner's
    sa.Column("by", sa.String(LONGEST), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.PrimaryKeyConstraint("segment", "kind"),
)
LISTS = sa.Table(
    "lists",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(LONGEST), nullable=False, unique=True),
    sa.Column("folded", sa.String(2 * LONGEST), nullable=False, unique=True),
    sa.Column("field", sa.String(LONGEST), nullable=True),  # None: the member key
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("suppresses", sa.Boolean, nullable=False, server_default=sa.false()),
)
ENTRIES = sa.Table(
    "list_entries",
    METADATA,
    sa.Column("list", sa.Integer, sa.ForeignKey("lists.id"), primary_key=True),
    sa.Column("entry", sa.String(400), primary_key=True),
)
# The log of files outlives what it is about, and so refers to nothing.
DOWNLOADS = sa.Table(
    "downloads",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("segment", sa.Integer),
    sa.Column("version", sa.Integer),  # an id
    sa.Column("name", sa.String(LONGEST), nullable=False),
    sa.Column("definition", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("as_of", sa.Date, nullable=False),
    sa.Column("by", sa.String(LONGEST), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("ended_at", sa.DateTime),  # NULL: it was broken off
    sa.Column("tool", sa.String(40), nullable=False),
    sa.Column("columns", sa.Text, nullable=False),  # JSON
    sa.Column("counts", sa.Text, nullable=False),  # JSON: by reason
    sa.Column("consent", sa.Boolean, nullable=False),
    sa.Column("suppress", sa.Text, nullable=False),  # JSON: names of lists
    sa.Column("holdout", sa.String(20), nullable=False),
    sa.Column("seed", sa.String(2 * LONGEST), nullable=False),
    sqlite_autoincrement=True,
)
DOWNLOADED = sa.Table(
    "download_keys",
    METADATA,
    sa.Column("download", sa.Integer, sa.ForeignKey("downloads.id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("held_out", sa.Boolean, nullable=False),
    sa.Column("keys", sa.LargeBinary, nullable=False),  # an Arrow stream of one column
)
