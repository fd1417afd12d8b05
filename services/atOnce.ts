/** How much is done at the same time; more would only queue in the database. */
const WIDTH = 8;

/** Does something for each of many, some at the same time, and gives the results in their order. */
export async function atOnce<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.map((item, index) => ({ item, index }));
  const next = async (): Promise<void> => {
    for (let one = waiting.shift(); one; one = waiting.shift()) results[one.index] = await work(one.item);
  };
  await Promise.all(Array.from({ length: Math.min(WIDTH, items.length) }, next));
  return results;
}
