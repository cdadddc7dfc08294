# Sourced, from the root of the repository: MEMBERS, the folders of the workspace as pyproject.toml lists them.
mapfile -t MEMBERS < <(sed -n '/^members = \[/,/^\]/s/^ *"\(.*\)",$/\1/p' pyproject.toml)
