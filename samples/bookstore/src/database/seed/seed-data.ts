/** A book to begin with. The day of first publication is often not known; 1 January stands for the year. */
interface SeedBook {
  readonly name: string;
  readonly author: string;
  readonly year: number;
  readonly valueCents: number;
  readonly description: string;
}

export interface SeedCategory {
  readonly name: string;
  readonly books: readonly SeedBook[];
}

type Row = readonly [name: string, author: string, year: number, valueCents: number, description: string];

function category(name: string, rows: readonly Row[]): SeedCategory {
  const books = rows.map(([name, author, year, valueCents, description]) => ({
    name,
    author,
    year,
    valueCents,
    description,
  }));
  return { name, books };
}

export const seedCategories: readonly SeedCategory[] = [
  category('Novels', [
    ['Pride and Prejudice', 'Jane Austen', 1813, 899, 'Elizabeth Bennet revises her first impressions.'],
    ['Jane Eyre', 'Charlotte Brontë', 1847, 1050, 'A governess, a house, and what it hides.'],
    ['Great Expectations', 'Charles Dickens', 1861, 1125, 'An orphan comes into money.'],
    ['Middlemarch', 'George Eliot', 1871, 1450, 'The life of a provincial town.'],
    ['The Picture of Dorian Gray', 'Oscar Wilde', 1891, 799, 'A portrait ages in its stead.'],
  ]),
  category('Adventure', [
    ['Frankenstein', 'Mary Shelley', 1818, 995, 'A student makes a living being.'],
    ['Moby-Dick', 'Herman Melville', 1851, 1299, 'A captain hunts one whale.'],
    ['Adventures of Huckleberry Finn', 'Mark Twain', 1884, 850, 'On a raft down the Mississippi.'],
    ['The Time Machine', 'H. G. Wells', 1895, 650, 'A traveller returns from the year 802,701.'],
    ['Dracula', 'Bram Stoker', 1897, 975, 'A count travels to England.'],
  ]),
  category('Physics', [
    ['The Sidereal Messenger', 'Galileo Galilei', 1610, 1200, 'The Moon through a telescope.'],
    ['Principia', 'Isaac Newton', 1687, 3100, 'The laws of motion and of gravitation.'],
    ['Opticks', 'Isaac Newton', 1704, 1875, 'On light and colours.'],
    ['A Treatise on Electricity and Magnetism', 'James Clerk Maxwell', 1873, 3450, 'The theory of fields.'],
    ['Relativity', 'Albert Einstein', 1916, 1180, 'The special and the general theory.'],
  ]),
  category('Other sciences', [
    ['Micrographia', 'Robert Hooke', 1665, 2450, 'What a microscope shows of fleas and cork.'],
    ['Elements of Chemistry', 'Antoine Lavoisier', 1789, 1990, 'Oxygen, and other elements.'],
    ['The Laws of Thought', 'George Boole', 1854, 1650, 'Logic as an algebra of two values.'],
    ['On the Origin of Species', 'Charles Darwin', 1859, 1395, 'Descent by natural selection.'],
    ['The Chemical History of a Candle', 'Michael Faraday', 1861, 825, 'Six lectures on burning.'],
  ]),
  category('Journeys', [
    ['A Journey to the Western Islands', 'Samuel Johnson', 1775, 1075, 'To the Hebrides.'],
    ['Italian Journey', 'Johann Wolfgang von Goethe', 1816, 1499, 'From the Brenner to Sicily.'],
    ['The Innocents Abroad', 'Mark Twain', 1869, 1150, 'Tourists visit the Old World.'],
    ['Travels with a Donkey', 'Robert Louis Stevenson', 1879, 725, 'Twelve days through the Cévennes.'],
    ['A Tramp Abroad', 'Mark Twain', 1880, 1099, 'From Germany to Italy, partly on foot.'],
  ]),
  category('Voyages', [
    ['Travels in the Interior of Africa', 'Mungo Park', 1799, 1325, 'In search of the Niger.'],
    ['The Voyage of the Beagle', 'Charles Darwin', 1839, 1595, 'Round the world.'],
    ['The Malay Archipelago', 'Alfred Russel Wallace', 1869, 1725, 'Islands, their peoples and animals.'],
    ['Unbeaten Tracks in Japan', 'Isabella Bird', 1880, 1275, 'From Tokyo to Hokkaido.'],
    ['Sailing Alone Around the World', 'Joshua Slocum', 1900, 945, 'Three years aboard the sloop Spray.'],
  ]),
];
