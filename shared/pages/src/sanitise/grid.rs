//! A table's cells on their grid: spans that reach over an edge, over each other or over columns where no cell begins, and rows that are too short.
//!
//! What a browser draws stays what it was; the checkers of HTML and of accessibility read the grid.

use super::{
    tree::{Element, Node},
    vocabulary::is_section,
};

/// Widest span that HTML knows.
const WIDEST: usize = 1_000;

/// Squares of the grid that are looked at; a table that needs more loses its spans.
const MOST_SQUARES: usize = 1_000_000;

/// Most cells that short rows of one table are filled up with.
const MOST_FILLING: usize = 1_000;

/// Where one cell lies.
struct Place {
    column: usize,
    columns: usize,
    rows: usize,
}

/// One row: its cells, and the columns below `width` that nothing covers.
struct Row {
    cells: Vec<Place>,
    width: usize,
    covered: usize,
}

/// Puts the spans of a table right and fills up its rows.
pub(super) fn fit(table: &mut Element) {
    let Some(rows) = laid_out(table) else {
        for cell in cells_mut(table) {
            cell.attributes.retain(|(name, _)| !matches!(*name, "colspan" | "rowspan"));
        }
        fill(table);
        return;
    };
    let mut begun: Vec<usize> = rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.column)).collect();
    begun.sort_unstable();
    begun.dedup();
    // Columns in which no cell begins have no width of their own.
    let begun_before = |column: usize| begun.partition_point(|known| *known < column);
    let places = rows.iter().flat_map(|row| row.cells.iter());
    for (cell, place) in cells_mut(table).zip(places) {
        let columns = begun_before(place.column + place.columns) - begun_before(place.column);
        span(cell, "colspan", columns);
        span(cell, "rowspan", place.rows);
    }
    fill(table);
}

/// Ends every short row with empty cells, unless there would be too many of them.
fn fill(table: &mut Element) {
    let Some(rows) = laid_out(table) else { return };
    let width = rows.iter().map(|row| row.width).max().unwrap_or(0);
    let missing: Vec<usize> = rows.iter().map(|row| width.saturating_sub(row.covered)).collect();
    if missing.iter().sum::<usize>() > MOST_FILLING {
        return;
    }
    for (row, missing) in rows_mut(table).zip(missing) {
        for _ in 0..missing {
            row.push(Node::Element(Element::new("td", Vec::new(), Vec::new())));
        }
    }
}

/// Where every cell lies, as HTML's algorithm places it, cut where it would overlap another or leave its section; none if the grid is too large.
fn laid_out(table: &Element) -> Option<Vec<Row>> {
    let mut squares = 0_usize;
    let mut laid_out = Vec::new();
    for section in table.elements().filter(|part| is_section(part.name)) {
        let height = section.elements().count();
        // Rows, this one included, for which each column is still covered.
        let mut covered: Vec<usize> = Vec::new();
        for (number, row) in section.elements().enumerate() {
            let mut cells = Vec::new();
            let mut column = 0;
            for cell in row.elements() {
                column += covered.iter().skip(column).take_while(|rows| **rows > 0).count();
                let wanted = number_of(cell, "colspan").clamp(1, WIDEST);
                let free = covered.iter().skip(column).take(wanted).take_while(|rows| **rows == 0).count();
                // Beyond what earlier rows cover everything is free.
                let columns = if column + free == covered.len().max(column) { wanted } else { free };
                let rows = number_of(cell, "rowspan").clamp(1, height - number);
                covered.resize(covered.len().max(column + columns), 0);
                covered.iter_mut().skip(column).take(columns).for_each(|slot| *slot = rows);
                cells.push(Place { column, columns, rows });
                column += columns;
                squares += columns;
                if squares > MOST_SQUARES {
                    return None;
                }
            }
            let width = covered.iter().rposition(|rows| *rows > 0).map_or(0, |last| last + 1);
            laid_out.push(Row { cells, width, covered: covered.iter().filter(|rows| **rows > 0).count() });
            covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            squares += covered.len();
        }
    }
    Some(laid_out)
}

fn rows_mut(table: &mut Element) -> impl Iterator<Item = &mut Element> {
    table.elements_mut().filter(|part| is_section(part.name)).flat_map(Element::elements_mut)
}

fn cells_mut(table: &mut Element) -> impl Iterator<Item = &mut Element> {
    rows_mut(table).flat_map(Element::elements_mut)
}

fn number_of(cell: &Element, attribute: &str) -> usize {
    cell.attribute(attribute).and_then(|number| number.parse().ok()).unwrap_or(1)
}

/// Sets a span that differs from what it was; one that spans nothing goes.
fn span(cell: &mut Element, attribute: &'static str, span: usize) {
    if number_of(cell, attribute) == span {
        return;
    }
    if span == 1 {
        cell.attributes.retain(|(name, _)| *name != attribute);
    } else if let Some((_, value)) = cell.attributes.iter_mut().find(|(name, _)| *name == attribute) {
        *value = span.to_string();
    }
}
