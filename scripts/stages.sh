# Sourced: `stage TITLE COMMAND…` runs a command, shows its output only when it fails, and remembers that it did.
stages_failed=()

stage() {
    local title=$1 began=$SECONDS output
    shift
    if output=$("$@" 2>&1); then
        printf '  ok      %-28s %3d s\n' "$title" "$((SECONDS - began))"
    else
        printf '  FAILED  %-28s %3d s\n' "$title" "$((SECONDS - began))"
        printf '%s\n' "$output" | sed 's/^/          /'
        stages_failed+=("$title")
    fi
}

# Call last: one sentence and status 1 when a stage failed.
stages_end() {
    [ ${#stages_failed[@]} -eq 0 ] && return 0
    local IFS=,
    echo "failed: ${stages_failed[*]}" >&2
    return 1
}
