"""The pages for everybody: signing up and opting out without texting. They work without a script and keep no cookie."""
