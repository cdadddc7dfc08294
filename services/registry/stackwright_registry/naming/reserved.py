"""Words that a language keeps for itself, and that a name therefore never is."""

from __future__ import annotations

import keyword


def _words(text: str) -> frozenset[str]:
    """A list that people can read and extend."""
    return frozenset(text.split())


# Reserved in PostgreSQL 18 (as column or table names, unquoted), and the names of its system columns.
SQL = _words(
    """
    all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate
    collation column concurrently constraint create cross current_catalog current_date current_role
    current_schema current_time current_timestamp current_user default deferrable desc distinct do else end
    except false fetch for foreign freeze from full grant group having ilike in initially inner intersect into
    is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on
    only or order outer overlaps placing primary references returning right select session_user similar some
    symmetric system_user table tablesample then to trailing true union unique user using variadic verbose when
    where window with values row between exists tableoid xmin cmin xmax cmax ctid oid
    """
)

# What an object of JavaScript must not hold as data: it would change how it is made, or be awaited like a promise.
UNSAFE = frozenset({"constructor", "prototype", "proto", "then"})

# Columns and members that every row has.
IMPLIED = frozenset({"id", "created_at", "updated_at", "row_version", "deleted_at", "can"})

JAVASCRIPT = _words(
    """
    abstract any arguments as asserts async await bigint boolean break case catch class const constructor
    continue debugger declare default delete do else enum eval export extends false finally for from function
    get if implements import in infer instanceof interface is keyof let module namespace never new null number
    object of package private protected public readonly require return set static string super switch symbol
    this throw true try type typeof undefined unique unknown using var void while with yield globalthis console
    document window process global exports event name location history status self parent top
    """
)

# Members that every object, or every row of the object mappers in use, has.
MEMBERS = _words(
    """
    constructor prototype proto toString toLocaleString valueOf hasOwnProperty isPrototypeOf
    propertyIsEnumerable save update destroy reload get set changed previous validate increment decrement
    restore toJSON sequelize isNewRecord where equals equalsOneOf setDataValue getDataValue rawAttributes
    dataValues then snapshot
    """
)

PYTHON = frozenset(
    {
        *keyword.kwlist,
        *keyword.softkwlist,
        *_words(
            """
        self cls metadata objects pk save delete clean full_clean model models copy json dict schema registry
        print list set str int float bool bytes type id object property super len map filter input format hash
        """
        ),
    }
)

# Globals of JavaScript, the browser and Node, and what every generated module imports.
CLASSES = _words(
    """
    AbortController Animation Array Attr Audio BigInt Blob Body Boolean Buffer Cache Client Clipboard Comment
    Component Credential CustomEvent DataTypes Date Document Element Error Event Exclude Express Extract Fetch
    File FileList Flow Form FormData Fragment Function Gamepad Global Headers History Image Infinity Intl
    Iterator JSON Joi Location Lock Map Math Media Model Module NaN Navigator Node Notification Null Number
    Object Omit Op Option Package Parameters Partial Path Performance Permissions Pick Plugin Process Promise
    Props Proxy Range React Readonly Record Reflect RegExp Report Request Required Response Result Router Screen
    Selection Sequelize Set State Storage Store String Symbol Text Theme Timer Touch Transaction Undefined Url
    URL WeakMap Window Worker App Any All Awaited Base Class Default Enum Exception Import Index Interface None
    True False Type
    """
)

# What every generated application calls so already, where operations of its own are: `create` of an `Operation`.
FUNCTIONS = _words(
    """
    createOperation deleteOperation deleteSingleOperation listChoices listOf listOperation listRows moveContent moveRow
    putOperation putValues readConfig readOperation readRow readSettings readSingleOperation
    """
)

# Devices of Windows: no folder or file may be called so.
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})

# First parts of addresses that the application itself serves.
PATHS = frozenset({"metrics", "live", "ready", "openapi", "me", "api", "admin", "assets"})
