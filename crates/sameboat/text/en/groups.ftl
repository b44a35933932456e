# Names in a group.
name-empty = Give a name that the group may call you.
name-long = Use at most 40 letters.
