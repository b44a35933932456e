# Somebody knew my passphrase.
renewal-title = Somebody knew my passphrase
renewal-what = Then a new passphrase alone is not enough: whoever was signed in may hold your keys. This makes the keys of your sign-in, your notebook and your groups new. In your groups nobody sees that you did it.
renewal-devices = Every device is signed out, this one too. This one is signed in again at once.
renewal-notebook = Your notebook and what you had typed are locked anew. Not a word of them changes.
renewal-sheet = Your old recovery sheet opens nothing any more. You get a new one now, so have pen and paper or a printer near.
renewal-lines = The newest { $count } lines about your sign-ins stay for you to read. Older ones are deleted.
renewal-honest = What somebody has read already can't be taken back. If they also copied the database, they can still read your pages as they were then. The same is true of what your groups wrote until now. What is written from now on they can't read. Tell people in your groups if that could hurt somebody.
renewal-do = Make my keys new
sheet-renewed = Your keys are new
event-renewed = You made all your keys new, because somebody knew your passphrase.
