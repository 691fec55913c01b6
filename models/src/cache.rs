//! Embeddings of recent texts. People say the same things: "yes", "how much is a haircut".

use std::{
    collections::HashMap,
    mem,
    sync::{Mutex, PoisonError},
};

use sha2::{Digest as _, Sha256};

use crate::Embedding;

/// The text's hash stands for the text, so that messages do not linger in memory.
type Key = [u8; 32];

/// A bounded map in two generations: when the young one is full it becomes the old one, and the
/// old one is forgotten unless it is asked for again.
#[derive(Debug)]
pub(crate) struct Cache {
    capacity: usize,
    generations: Mutex<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<Key, Embedding>,
    old: HashMap<Key, Embedding>,
}

impl Cache {
    /// Holds at most `capacity` embeddings; none for 0.
    pub(crate) fn new(capacity: usize) -> Self {
        Self { capacity, generations: Mutex::default() }
    }

    pub(crate) fn get(&self, text: &str) -> Option<Embedding> {
        let key = key(text);
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(embedding) = generations.young.get(&key) {
            return Some(embedding.clone());
        }
        let embedding = generations.old.remove(&key)?;
        self.insert(&mut generations, key, embedding.clone());
        Some(embedding)
    }

    pub(crate) fn put(&self, text: &str, embedding: Embedding) {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        self.insert(&mut generations, key(text), embedding);
    }

    fn insert(&self, generations: &mut Generations, key: Key, embedding: Embedding) {
        if generations.young.len() >= self.capacity / 2 {
            generations.old = mem::take(&mut generations.young);
        }
        if self.capacity > 1 {
            generations.young.insert(key, embedding);
        }
    }
}

fn key(text: &str) -> Key {
    Sha256::digest(text).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_bounded_and_keeps_what_is_used() {
        let cache = Cache::new(8);
        for i in 0..100_u8 {
            cache.put(&i.to_string(), Embedding::normalized(vec![f32::from(i)]));
            cache.put("yes", cache.get("yes").unwrap_or(Embedding::normalized(vec![1.0])));
        }
        let generations = cache.generations.lock().expect("not poisoned");
        assert!(generations.young.len() + generations.old.len() <= 8);
        drop(generations);
        assert!(cache.get("yes").is_some());
        assert!(cache.get("1").is_none());
        let none = Cache::new(0);
        none.put("yes", Embedding::normalized(vec![1.0]));
        assert!(none.get("yes").is_none());
    }
}
