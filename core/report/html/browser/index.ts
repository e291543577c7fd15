import type { ChartData } from '../chart-data.ts';
import { drawWhenSeen } from './draw.ts';
import { makeSortable } from './sort.ts';

// What the page does beyond showing itself. It finds text and numbers in the page; it never makes HTML of them.
document.documentElement.classList.add('js');
for (const table of document.querySelectorAll<HTMLTableElement>('table.sortable')) makeSortable(table);
// Who scrolls with a keyboard has to reach what scrolls.
for (const region of document.querySelectorAll<HTMLElement>('.scroll'))
  if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
const data: readonly ChartData[] = JSON.parse(document.getElementById('charts')!.textContent);
drawWhenSeen(data);
