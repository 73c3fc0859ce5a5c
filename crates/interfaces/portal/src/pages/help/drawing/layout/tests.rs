use super::{Shape, WIDTH, draw};
use crate::{
    pages::help::{
        drawing::{Drawn, Surface, measure::width},
        guide::drawings,
    },
    words::Language,
};

fn all() -> Vec<(&'static str, Drawn)> {
    Language::all()
        .flat_map(|language| drawings().map(move |drawing| (drawing.alt, draw(drawing, language))))
        .collect()
}

#[test]
fn nothing_stands_outside_its_picture() {
    for (name, drawn) in all() {
        for shape in &drawn.shapes {
            let (left, right, bottom) = match shape {
                Shape::Area {
                    x,
                    y,
                    width,
                    height,
                    ..
                } => (*x, x + width, y + height),
                Shape::Words {
                    ink,
                    x,
                    y,
                    middle,
                    text,
                } => {
                    let wide = width(text, *ink);
                    let left = if *middle { x - wide / 2 } else { *x };
                    (left, left + wide, y + 4)
                }
                Shape::Sign { x, y, .. } => (*x, x + 16, y + 16),
            };
            assert!(
                left >= 0 && right <= WIDTH && bottom <= drawn.height,
                "{name} ({}): {shape:?}",
                drawn.alt
            );
        }
    }
}

#[test]
fn no_text_runs_into_another() {
    for (name, drawn) in all() {
        let mut lines: Vec<(i32, i32, i32, &str)> = drawn
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Words {
                    ink,
                    x,
                    y,
                    middle,
                    text,
                } => {
                    let wide = width(text, *ink);
                    let left = if *middle { x - wide / 2 } else { *x };
                    Some((*y, left, left + wide, text.as_str()))
                }
                _ => None,
            })
            .collect();
        lines.sort_unstable();
        for pair in lines.windows(2) {
            let [(y, _, right, text), (next, left, _, other)] = pair else {
                unreachable!("windows of two");
            };
            assert!(
                y != next || right <= left,
                "{name} ({}): {text} / {other}",
                drawn.alt
            );
        }
    }
}

#[test]
fn every_picture_says_where_to_look() {
    for drawing in drawings() {
        let drawn = draw(drawing, Language::default());
        let marked = drawn.shapes.iter().any(|shape| {
            matches!(
                shape,
                Shape::Area {
                    surface: Surface::Mark | Surface::Press | Surface::Chosen,
                    ..
                }
            )
        });
        let bare = drawn.shapes.iter().all(|shape| {
            !matches!(
                shape,
                Shape::Area {
                    surface: Surface::Window,
                    ..
                }
            )
        });
        assert!(marked || bare, "{}", drawing.alt);
    }
}
