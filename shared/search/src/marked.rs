//! Text, some of which was searched for.

/// Text in pieces, some of which were searched for. Joined, the pieces are the text as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked(pub Vec<Piece>);

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What is written; never empty, never markup.
    pub text: String,
    /// Whether it was searched for.
    pub marked: bool,
}

impl Marked {
    /// The text, unmarked.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// Appends `text`, joined to the piece before if that is marked alike.
    pub(crate) fn push(&mut self, text: &str, marked: bool) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.marked == marked => last.text.push_str(text),
            _ => self.0.push(Piece { text: text.to_owned(), marked }),
        }
    }
}
