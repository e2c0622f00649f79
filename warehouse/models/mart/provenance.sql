-- Every value that any entry of an offer gives, with its words.
SELECT * FROM said_values
