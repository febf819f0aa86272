import { crc32 } from "node:zlib";
import type { AsyncBuffer, ColumnMetaData, PageHeader } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";

/**
 * Looks at the pages of a column before they are read: each must lie within the column, hold no more values and no more
 * bytes than the column has, and have the checksum that the file gives for it, where it gives one. The library trusts
 * sizes and looks at no checksum.
 *
 * @throws Error saying what is wrong with which page
 */
export async function checkPages(file: AsyncBuffer, column: ColumnMetaData): Promise<void> {
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  const bytes = new Uint8Array(await file.slice(start, start + Number(column.total_compressed_size)));
  const reader = { view: new DataView(bytes.buffer), offset: 0 };
  let values = 0;
  let checked = 0;
  for (let page = 1; reader.offset < bytes.length - 1; page++) {
    const header = headerOf(reader, page);
    const end = reader.offset + header.compressed_page_size;
    if (!(end >= reader.offset && end <= bytes.length)) {
      throw new Error(`page ${page} of the column is said to have ${header.compressed_page_size} bytes`);
    }
    if (!(header.uncompressed_page_size >= 0 && header.uncompressed_page_size <= mostOf(column, bytes))) {
      throw new Error(
        `page ${page} of the column is said to unpack to ${header.uncompressed_page_size} bytes, more than all of it`,
      );
    }
    if (header.crc !== undefined) checked += 1;
    if (header.crc !== undefined && crc32(bytes.subarray(reader.offset, end)) !== header.crc >>> 0) {
      throw new Error(`page ${page} of the column has not the checksum that the file gives for it`);
    }
    // A writer checks all pages or none, and the headers of pages have no checksum themselves.
    if (checked > 0 && (checked < page || !isEncodedAsSaid(header, column))) {
      throw new Error(`the header of page ${page} of the column is not what the file says of it`);
    }
    refuseLevels(header, page);
    values += valuesOf(header, page, Number(column.num_values) - values);
    reader.offset = end;
  }
  if (values !== Number(column.num_values)) {
    throw new Error(`the pages of the column have ${values} values, it says ${column.num_values}`);
  }
}

/** Writers count the headers of pages or leave them out; a page alone is never larger than the column. */
const mostOf = (column: ColumnMetaData, bytes: Uint8Array) =>
  Math.max(Number(column.total_uncompressed_size), bytes.length);

function headerOf(reader: { view: DataView<ArrayBuffer>; offset: number }, page: number): PageHeader {
  let header: PageHeader | undefined;
  try {
    header = parquetHeader(reader);
  } catch {}
  if (header?.type === undefined) throw new Error(`page ${page} of the column has no readable header`);
  return header;
}

function isEncodedAsSaid(header: PageHeader, column: ColumnMetaData): boolean {
  const encoding = (header.data_page_header ?? header.data_page_header_v2)?.encoding;
  if (header.dictionary_page_header) return true;
  return encoding !== undefined && column.encodings.includes(encoding);
}

/** The library reads levels for as long as values are missing, also where the page says that it has none. */
function refuseLevels({ data_page_header_v2: second, compressed_page_size }: PageHeader, page: number): void {
  if (!second) return;
  const { repetition_levels_byte_length: repetition, definition_levels_byte_length: definition } = second;
  if (repetition >= 0 && definition >= 0 && repetition + definition <= compressed_page_size) return;
  throw new Error(
    `page ${page} of the column is said to have ${repetition ?? "no"} and ${definition ?? "no"} bytes of levels`,
  );
}

function valuesOf(header: PageHeader, page: number, left: number): number {
  const { data_page_header: first, data_page_header_v2: second, dictionary_page_header: dictionary } = header;
  const count = (dictionary ?? first ?? second)?.num_values ?? 0;
  if (!(count >= 0 && (dictionary ? count <= header.uncompressed_page_size * 8 : count <= left))) {
    throw new Error(`page ${page} of the column is said to have ${count} values, where ${left} are left`);
  }
  return dictionary ? 0 : count;
}
