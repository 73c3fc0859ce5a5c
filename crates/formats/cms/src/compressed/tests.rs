use super::*;

fn inflate(
    message: &[u8],
    piece: usize,
    budget: InflateBudget,
) -> Result<Vec<u8>, DecompressError> {
    let mut decompressor = Decompressor::new(budget);
    let mut out = Vec::new();
    for piece in message.chunks(piece) {
        let mut rest = piece;
        while decompressor.push(&mut rest, &mut out)? == Inflation::More {}
        assert!(rest.is_empty());
    }
    assert_eq!(decompressor.finish(&mut out)?, oid::DATA);
    Ok(out)
}

fn text() -> Vec<u8> {
    (0..2_000_u32)
        .flat_map(|number| format!("line {number} of a text that compresses\n").into_bytes())
        .collect()
}

#[test]
fn what_is_compressed_comes_back() {
    for content in [Vec::new(), b"short".to_vec(), text()] {
        let whole = compress(&content).unwrap();
        assert!(whole.len() < content.len() + 100);
        for piece in [1, 7, 4_096, usize::MAX >> 1] {
            let back = inflate(&whole, piece, InflateBudget::default()).unwrap();
            assert!(back == content, "{piece}");
        }
        let mut streamed = Vec::new();
        let mut compressor = Compressor::begin(oid::DATA, &mut streamed).unwrap();
        for piece in content.chunks(10_000) {
            compressor.update(piece, &mut streamed).unwrap();
        }
        compressor.finish(&mut streamed).unwrap();
        assert!(inflate(&streamed, 100, InflateBudget::default()).unwrap() == content);
    }
}

#[test]
fn a_bomb_is_stopped_while_it_is_small() {
    let bomb = compress(&vec![0; 4 << 20]).unwrap();
    let mut decompressor = Decompressor::new(InflateBudget::default());
    let (mut rest, mut out) = (bomb.as_slice(), Vec::new());
    let error = loop {
        match decompressor.push(&mut rest, &mut out) {
            Ok(_) => assert!(out.len() <= 2 << 20, "{} octets came out", out.len()),
            Err(error) => break error,
        }
    };
    assert_eq!(error, DecompressError::Ratio { ratio: 200 });

    let budget = InflateBudget {
        content: 50_000,
        ..InflateBudget::default()
    };
    let error = inflate(&compress(&text()).unwrap(), 1_000, budget).unwrap_err();
    assert_eq!(error, DecompressError::TooLarge { limit: 50_000 });
}

#[test]
fn no_step_gives_more_than_its_size() {
    let budget = InflateBudget {
        ratio: 2_000,
        ..InflateBudget::default()
    };
    let message = compress(&vec![0; 1 << 20]).unwrap();
    let mut decompressor = Decompressor::new(budget);
    let mut rest = message.as_slice();
    let mut total = 0;
    loop {
        // However much room the caller has.
        let mut out = Vec::with_capacity(1 << 20);
        let inflation = decompressor.push(&mut rest, &mut out).unwrap();
        total += out.len();
        assert!(out.len() <= STEP, "{}", out.len());
        if inflation == Inflation::Reads {
            break;
        }
    }
    let mut out = Vec::new();
    decompressor.finish(&mut out).unwrap();
    assert_eq!(total + out.len(), 1 << 20);
}

/// A whole message as one slice is copied once, not anew for each step.
#[test]
fn what_waits_stays_where_it_is() {
    let content: Vec<u8> = (0..200_000_u32)
        .flat_map(|number| number.wrapping_mul(2_654_435_761).to_be_bytes())
        .collect();
    let message = compress(&content).unwrap();
    let mut decompressor = Decompressor::new(InflateBudget::default());
    let (mut rest, mut out) = (message.as_slice(), Vec::new());
    let (mut places, mut steps, mut total) = (std::collections::HashSet::new(), 0, 0);
    while decompressor.push(&mut rest, &mut out).unwrap() == Inflation::More {
        places.insert((decompressor.pending.as_ptr(), decompressor.pending.len()));
        steps += 1;
        total += std::mem::take(&mut out).len();
    }
    assert!(steps > 10 && places.len() == 1, "{steps} steps: {places:?}");
    total += out.len();
    out.clear();
    decompressor.finish(&mut out).unwrap();
    assert_eq!(total + out.len(), content.len());
}

#[test]
fn damage_is_told() {
    let message = compress(&text()).unwrap();
    for length in 0..message.len() {
        if length < 200 || length % 97 == 0 || length + 20 > message.len() {
            let cut = message.get(..length).unwrap();
            assert!(
                inflate(cut, 512, InflateBudget::default()).is_err(),
                "{length}"
            );
        }
    }
    // The checksum covers every octet of content: RFC 1950 section 2.2.
    for at in (100..message.len()).step_by(211) {
        let mut altered = message.clone();
        altered[at] ^= 1;
        assert!(
            inflate(&altered, 512, InflateBudget::default()).is_err(),
            "{at}"
        );
    }
    let other = crate::certificates_only(&[]);
    assert_eq!(
        inflate(&other, 512, InflateBudget::default()),
        Err(DecompressError::NotCompressed {
            kind: ContentKind::SignedData
        })
    );
}
