//! Where the parts of a picture stand: one under the other, texts broken where they do not fit.

use super::{
    Button, Drawing, Drawn, Frame, Glyph, Ink, Label, Line, Piece, Shape, Surface,
    measure::{clip, width, wrap},
};
use crate::words::Language;

/// Narrow enough that a phone shows it at its own size.
pub(super) const WIDTH: i32 = 340;
/// The window's line must not be cut off at the border of the picture.
const EDGE: i32 = 1;
/// Between the window and what stands in it.
const PADDING: i32 = 14;
const BAR: i32 = 34;
/// Between one part and the next.
const GAP: i32 = 12;
const LINE: i32 = 18;
/// From the top of a line to the base line of its text.
const BASE: i32 = 13;
const FIELD: i32 = 28;
const ROW: i32 = 26;
/// From the top of something a text is centred in to the base line, less half of its height.
const CENTRE: i32 = 4;
const GLYPH: i32 = 16;
const INDENT: i32 = 16;
/// The side of the square into which a device is drawn.
const DEVICE: i32 = 100;

pub(super) fn draw(drawing: &Drawing, language: Language) -> Drawn {
    let mut pen = Pen {
        language,
        shapes: Vec::new(),
    };
    let mut top = EDGE;
    if !drawing.keys.is_empty() {
        top = pen.keys(drawing.keys, top) + GAP;
    }
    let bottom = pen.window(drawing, top);
    Drawn {
        alt: Label::Word(drawing.alt).text(language),
        width: WIDTH,
        height: bottom + EDGE,
        shapes: pen.shapes,
    }
}

/// The room that a part may fill: from where, and how wide.
#[derive(Clone, Copy)]
struct Room {
    x: i32,
    y: i32,
    width: i32,
}

impl Room {
    fn right(self) -> i32 {
        self.x + self.width
    }

    fn below(self, y: i32) -> Self {
        Self { y, ..self }
    }

    /// Without so much at the left.
    fn indented(self, by: i32) -> Self {
        Self {
            x: self.x + by,
            width: self.width - by,
            ..self
        }
    }
}

struct Pen {
    language: Language,
    shapes: Vec<Shape>,
}

impl Pen {
    fn text(&self, label: Label) -> String {
        label.text(self.language)
    }

    fn area(&mut self, surface: Surface, x: i32, y: i32, width: i32, height: i32) {
        self.shapes.push(Shape::Area {
            surface,
            x,
            y,
            width,
            height,
        });
    }

    fn words(&mut self, ink: Ink, x: i32, y: i32, text: String) {
        self.shapes.push(Shape::Words {
            ink,
            x,
            y,
            middle: false,
            text,
        });
    }

    fn centred(&mut self, ink: Ink, x: i32, y: i32, text: String) {
        self.shapes.push(Shape::Words {
            ink,
            x,
            y,
            middle: true,
            text,
        });
    }

    fn sign(&mut self, glyph: Glyph, x: i32, y: i32) {
        self.shapes.push(Shape::Sign { glyph, x, y });
    }

    /// Keys beside one another; returns where they end.
    fn keys(&mut self, keys: &[Label], y: i32) -> i32 {
        let mut x = EDGE;
        for (at, key) in keys.iter().enumerate() {
            if at > 0 {
                self.centred(Ink::Faint, x + 9, y + FIELD / 2 + CENTRE, "+".to_owned());
                x += 18;
            }
            let text = self.text(*key);
            let cap = (width(&text, Ink::Strong) + 20).max(34);
            self.area(Surface::KeyCap, x, y, cap, FIELD + 4);
            self.centred(Ink::Strong, x + cap / 2, y + FIELD / 2 + CENTRE, text);
            x += cap;
        }
        y + FIELD + 4
    }

    /// The window with all that is in it; returns where it ends.
    fn window(&mut self, drawing: &Drawing, y: i32) -> i32 {
        let room = |y| Room {
            x: EDGE + PADDING,
            y,
            width: WIDTH - 2 * (EDGE + PADDING),
        };
        if matches!(drawing.frame, Frame::Bare) {
            return self.column(drawing.pieces, room(y));
        }
        // The window is under all the rest, and its height is known last.
        let first = self.shapes.len();
        self.bar(drawing, y);
        let bottom = self.column(drawing.pieces, room(y + BAR + PADDING)) + PADDING;
        self.shapes.insert(
            first,
            Shape::Area {
                surface: Surface::Window,
                x: EDGE,
                y,
                width: WIDTH - 2 * EDGE,
                height: bottom - y,
            },
        );
        bottom
    }

    fn bar(&mut self, drawing: &Drawing, y: i32) {
        let middle = y + BAR / 2;
        let title = self.text(drawing.title);
        match drawing.frame {
            Frame::Dialog => {
                let title = clip(&title, Ink::Strong, WIDTH - 2 * PADDING - 28);
                self.words(Ink::Strong, EDGE + PADDING, middle + CENTRE, title);
                let x = WIDTH - EDGE - PADDING - GLYPH;
                self.sign(Glyph::Close, x, middle - GLYPH / 2);
            }
            Frame::Mac => {
                self.sign(Glyph::Lights, EDGE + PADDING, middle - GLYPH / 2);
                let title = clip(&title, Ink::Strong, WIDTH - 160);
                self.centred(Ink::Strong, WIDTH / 2, middle + CENTRE, title);
            }
            Frame::Browser | Frame::Bare => {
                let x = EDGE + PADDING;
                let wide = WIDTH - 2 * x;
                self.area(Surface::Field, x, y + 6, wide, BAR - 12);
                let title = clip(&title, Ink::Faint, wide - 20);
                self.words(Ink::Faint, x + 10, middle + CENTRE, title);
            }
        }
        self.area(Surface::Rule, EDGE, y + BAR, WIDTH - 2 * EDGE, 1);
    }

    /// One under the other; returns where the last ends.
    fn column(&mut self, pieces: &[Piece], room: Room) -> i32 {
        let mut bottom = room.y;
        for (at, piece) in pieces.iter().enumerate() {
            let top = if at == 0 { room.y } else { bottom + GAP };
            bottom = self.piece(piece, room.below(top));
        }
        bottom
    }

    fn piece(&mut self, piece: &Piece, room: Room) -> i32 {
        match piece {
            Piece::Heading(label) => self.lines_of(Ink::Strong, &self.text(*label), room),
            Piece::Text(label) => self.lines_of(Ink::Plain, &self.text(*label), room),
            Piece::Note(label) => self.signed(Glyph::Info, *label, room),
            Piece::Blur(lines) => self.blur(*lines, room),
            Piece::Radio(on, label) => {
                let glyph = if *on { Glyph::RadioOn } else { Glyph::RadioOff };
                self.signed(glyph, *label, room)
            }
            Piece::Tick(on, label) => {
                let glyph = if *on { Glyph::TickOn } else { Glyph::TickOff };
                self.signed(glyph, *label, room)
            }
            Piece::Field(name, value) => self.field(*name, *value, None, room),
            Piece::Secret(name) => self.field(*name, Label::Same("••••••••••"), None, room),
            Piece::Choice(name, value) => self.field(*name, *value, Some(Glyph::Down), room),
            Piece::Search(value) => {
                let bottom = self.boxed(*value, room, 28);
                self.sign(Glyph::Search, room.x + 7, room.y + (FIELD - GLYPH) / 2);
                bottom
            }
            Piece::Lines(lines) => self.list(Surface::Pane, lines, room),
            Piece::Menu(lines) => self.list(Surface::Menu, lines, room),
            Piece::Tabs(labels, open) => self.tabs(labels, *open, room),
            Piece::Buttons(buttons) => self.buttons(buttons, room),
            Piece::Beside(left, one, other) => {
                let narrow = Room {
                    width: *left,
                    ..room
                };
                let first = self.column(one, narrow);
                first.max(self.column(other, room.indented(left + 8)))
            }
            Piece::Inset(pieces) => self.column(pieces, room.indented(INDENT)),
            Piece::Mark(inner) => self.mark(inner, room),
            Piece::Devices(reader, token) => self.devices(*reader, *token, room),
        }
    }

    fn lines_of(&mut self, ink: Ink, text: &str, room: Room) -> i32 {
        let mut y = room.y;
        for line in wrap(text, ink, room.width) {
            self.words(ink, room.x, y + BASE, line);
            y += LINE;
        }
        y
    }

    /// A text beside a sign.
    fn signed(&mut self, glyph: Glyph, label: Label, room: Room) -> i32 {
        self.sign(glyph, room.x, room.y + 1);
        let text = self.text(label);
        self.lines_of(Ink::Plain, &text, room.indented(GLYPH + 8))
    }

    fn blur(&mut self, lines: u8, room: Room) -> i32 {
        let mut y = room.y;
        for line in 0..lines {
            // Lines of a paragraph are not all as long.
            let part = if line + 1 == lines { 62 } else { 94 };
            self.area(Surface::Blur, room.x, y + 4, room.width * part / 100, 7);
            y += 15;
        }
        y
    }

    fn field(&mut self, name: Label, value: Label, sign: Option<Glyph>, room: Room) -> i32 {
        let name = self.text(name);
        let top = if name.is_empty() {
            room.y
        } else {
            self.lines_of(Ink::Plain, &name, room) + 2
        };
        let room = room.below(top);
        let bottom = self.boxed(value, room, 9);
        if let Some(glyph) = sign {
            let x = room.right() - GLYPH - 7;
            self.sign(glyph, x, top + (FIELD - GLYPH) / 2);
        }
        bottom
    }

    /// A field with a text in it, so far from its left.
    fn boxed(&mut self, value: Label, room: Room, before: i32) -> i32 {
        self.area(Surface::Field, room.x, room.y, room.width, FIELD);
        let text = clip(&self.text(value), Ink::Plain, room.width - before - 26);
        let y = room.y + FIELD / 2 + CENTRE;
        self.words(Ink::Plain, room.x + before, y, text);
        room.y + FIELD
    }

    fn list(&mut self, surface: Surface, lines: &[Line], room: Room) -> i32 {
        let first = self.shapes.len();
        let mut y = room.y + 3;
        for line in lines {
            self.line(line, room.below(y));
            y += ROW;
        }
        let height = y + 3 - room.y;
        self.shapes.insert(
            first,
            Shape::Area {
                surface,
                x: room.x,
                y: room.y,
                width: room.width,
                height,
            },
        );
        room.y + height
    }

    fn line(&mut self, line: &Line, room: Room) {
        if line.chosen {
            let x = room.x + 3;
            self.area(Surface::Chosen, x, room.y, room.width - 6, ROW);
        }
        let base = room.y + ROW / 2 + CENTRE;
        let mut x = room.x + 8 + line.depth * INDENT;
        if let Some(glyph) = line.glyph {
            self.sign(glyph, x, room.y + (ROW - GLYPH) / 2);
            x += GLYPH + 5;
        }
        let mut right = room.right() - 8;
        if line.more {
            right -= GLYPH;
            self.sign(Glyph::More, right, room.y + (ROW - GLYPH) / 2);
        }
        if let Some(aside) = line.aside {
            let text = self.text(aside);
            let wide = width(&text, Ink::Faint);
            self.words(Ink::Faint, right - wide, base, text);
            right -= wide + 8;
        }
        let ink = if line.chosen { Ink::Strong } else { Ink::Plain };
        let text = clip(&self.text(line.label), ink, right - x);
        self.words(ink, x, base, text);
        if line.chosen {
            let tip = (x + 24).max(right - 18);
            self.sign(Glyph::Pointer, tip, room.y + ROW - 12);
        }
    }

    fn tabs(&mut self, labels: &[Label], open: usize, room: Room) -> i32 {
        let mut x = room.x;
        for (at, label) in labels.iter().enumerate() {
            let text = self.text(*label);
            let ink = if at == open { Ink::Strong } else { Ink::Faint };
            let wide = width(&text, ink) + 14;
            self.centred(ink, x + wide / 2, room.y + 15, text);
            if at == open {
                self.area(Surface::TabOpen, x, room.y + 23, wide, 3);
            }
            x += wide;
        }
        self.area(Surface::Rule, room.x, room.y + 26, room.width, 1);
        room.y + 27
    }

    fn buttons(&mut self, buttons: &[Button], room: Room) -> i32 {
        let mut right = room.right();
        let mut pressed = None;
        for button in buttons.iter().rev() {
            let text = self.text(button.label);
            let (surface, ink) = if button.press {
                (Surface::Press, Ink::Press)
            } else {
                (Surface::Button, Ink::Plain)
            };
            let wide = width(&text, ink) + 22;
            let x = right - wide;
            self.area(surface, x, room.y, wide, FIELD);
            self.centred(ink, x + wide / 2, room.y + FIELD / 2 + CENTRE, text);
            if button.press {
                pressed = Some(right);
            }
            right = x - 8;
        }
        if let Some(right) = pressed {
            self.sign(Glyph::Pointer, right - 14, room.y + FIELD - 9);
        }
        room.y + FIELD
    }

    fn mark(&mut self, inner: &Piece, room: Room) -> i32 {
        let bottom = self.piece(inner, room.below(room.y + 2));
        let height = bottom - room.y + 8;
        let x = room.x - 6;
        self.area(Surface::Mark, x, room.y - 3, room.width + 12, height);
        bottom + 2
    }

    fn devices(&mut self, reader: Label, token: Label, room: Room) -> i32 {
        let half = room.width / 2;
        for (glyph, label, x) in [
            (Glyph::Reader, reader, room.x),
            (Glyph::Token, token, room.x + half),
        ] {
            self.sign(glyph, x + (half - DEVICE) / 2, room.y);
            let text = self.text(label);
            self.centred(Ink::Plain, x + half / 2, room.y + DEVICE + BASE, text);
        }
        room.y + DEVICE + LINE
    }
}

#[cfg(test)]
mod tests;
