# Names in a group.
name-empty = Give a name that the group may call you: at least one letter, digit or picture that can be seen.
name-long = Use at most 40 letters.

# What is said without a name.
nameless-full = There is no room for more of these in this group. Take one back first.
