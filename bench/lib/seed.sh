# Sourced by measurements: `seed GROUPS FOLDER` makes groups of 12 members with 50 shares each.
release="${CARGO_TARGET_DIR:-$PWD/target}/release"

seed() {
    "$release/sameboat" seed --groups "$1" --members 12 --shares 50 --data "$2/data" \
        --key "$2/instance.key" --cookies "$2/cookies" >&2
}

