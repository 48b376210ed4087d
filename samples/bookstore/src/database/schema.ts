/**
 * The database's own rules, which hold whatever the code above it does. Columns have the names of the API's
 * fields, and each check that of the column it watches, so that an error can name the field. STRICT tables do not
 * store a text in a column of numbers: https://www.sqlite.org/stricttables.html
 */
export const schema = [
  `CREATE TABLE category (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CONSTRAINT name CHECK (length(name) BETWEEN 2 AND 150)
  ) STRICT`,

  `CREATE TABLE book (
    id INTEGER PRIMARY KEY,
    categoryId INTEGER NOT NULL REFERENCES category (id),
    name TEXT NOT NULL CONSTRAINT name CHECK (length(name) BETWEEN 2 AND 150),
    author TEXT NOT NULL CONSTRAINT author CHECK (length(author) BETWEEN 2 AND 150),
    description TEXT NOT NULL,
    valueCents INTEGER NOT NULL CONSTRAINT value CHECK (valueCents >= 0),
    publishDate TEXT NOT NULL CONSTRAINT publishDate CHECK (publishDate IS date(publishDate))
  ) STRICT`,
  // SQLite does not index the referring side of a foreign key; without it, deleting a category reads every book.
  `CREATE INDEX bookByCategory ON book (categoryId)`,

  `CREATE TABLE inventory (
    bookId INTEGER PRIMARY KEY REFERENCES book (id) ON DELETE CASCADE,
    amount INTEGER NOT NULL CONSTRAINT amount CHECK (amount >= 0)
  ) STRICT`,

  // "order" is a word of SQL.
  `CREATE TABLE bookOrder (
    id INTEGER PRIMARY KEY,
    customerName TEXT NOT NULL,
    address TEXT NOT NULL,
    telephone TEXT NOT NULL,
    city TEXT NOT NULL,
    totalAmountCents INTEGER NOT NULL CONSTRAINT totalAmount CHECK (totalAmountCents >= 0),
    status TEXT NOT NULL CONSTRAINT status CHECK (status IN ('NEW_ORDER'))
  ) STRICT`,

  `CREATE TABLE orderedBook (
    orderId INTEGER NOT NULL REFERENCES bookOrder (id) ON DELETE CASCADE,
    bookId INTEGER NOT NULL REFERENCES book (id),
    PRIMARY KEY (orderId, bookId)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX orderedBookByBook ON orderedBook (bookId)`,
];
