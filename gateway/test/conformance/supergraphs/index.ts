import { chain } from './chain.ts';
import { classic } from './classic.ts';
import { conditions } from './conditions.ts';
import { forest } from './forest.ts';
import { gallery } from './gallery.ts';
import { mediaLibrary } from './media.ts';
import { orderDesk } from './orders.ts';
import { shop } from './shop.ts';

export const supergraphs = [
  shop,
  mediaLibrary,
  gallery,
  classic,
  chain,
  orderDesk,
  forest,
  conditions,
];
