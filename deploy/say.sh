#!/usr/bin/env bash
# Say in one plain line what is being done.
printf '\n== %s\n' "$*"
