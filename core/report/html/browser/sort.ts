/** Puts a button in each heading that sorts the rows: by number where cells have one, by text otherwise. */
export function makeSortable(table: HTMLTableElement): void {
  const headings = [...table.tHead!.rows[0]!.cells];
  for (const [column, heading] of headings.entries()) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const direction = nextDirection(heading);
      for (const each of headings) each.removeAttribute('aria-sort');
      heading.ariaSort = direction;
      sortRows(table.tBodies[0]!, column, direction === 'ascending' ? 1 : -1);
    });
  }
}

/** Numbers begin with the highest. */
function nextDirection(heading: HTMLTableCellElement): 'ascending' | 'descending' {
  if (heading.ariaSort === 'ascending') return 'descending';
  if (heading.ariaSort === 'descending') return 'ascending';
  return heading.classList.contains('number') ? 'descending' : 'ascending';
}

/** Cells without a value come last, either way. */
function sortRows(body: HTMLTableSectionElement, column: number, sign: 1 | -1): void {
  const isNumeric = [...body.rows].some((row) => row.cells[column]!.dataset.value !== undefined);
  const keyed = [...body.rows].map((row) => {
    const cell = row.cells[column]!;
    return { row, text: cell.textContent.trim(), value: Number(cell.dataset.value ?? Number.NaN) };
  });
  keyed.sort((a, b) => {
    if (!isNumeric) return sign * a.text.localeCompare(b.text);
    if (Number.isNaN(a.value) || Number.isNaN(b.value))
      return Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value));
    return sign * (a.value - b.value);
  });
  body.append(...keyed.map(({ row }) => row));
}
