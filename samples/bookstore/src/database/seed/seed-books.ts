import { searchable } from '../searchable.ts';
import { seedCategories } from './seed-data.ts';

export const seedCategoryNames = seedCategories.map(({ name }) => name);

const classics = seedCategories.flatMap(({ books }, index) =>
  books.map(({ year, ...book }) => ({ ...book, categoryId: index + 1, publishDate: `${year}-01-01` })),
);

export type SeedRow = ReturnType<typeof seedBooks>[number];

/** The first 30 are all different. More are later volumes of the same. */
export function seedBooks(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const book = classics[index % classics.length];
    if (!book) throw new Error('There are no books to seed with.');
    const volume = Math.floor(index / classics.length) + 1;
    const name = volume === 1 ? book.name : `${book.name}, volume ${volume}`;
    return {
      ...book,
      id: index + 1,
      name,
      searchName: searchable(name),
      searchText: searchable(name, book.author, book.description),
    };
  });
}
