//! A specimen document: a page of PDF, so that the officer has something to look at.

/// A PDF of one page that shows `lines` (Latin letters, digits and punctuation).
pub fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut text = String::from("BT /F1 14 Tf 60 760 Td 22 TL\n");
    for line in lines {
        let escaped = line
            .replace('\\', "\\\\")
            .replace('(', "\\(")
            .replace(')', "\\)");
        text.push_str(&format!("({escaped}) Tj T*\n"));
    }
    text.push_str("ET\n");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}endstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    let start = file.len();
    file.push_str(&format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len() + 1
    ));
    for offset in offsets {
        file.push_str(&format!("{offset:010} 00000 n \n"));
    }
    file.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    ));
    file.into_bytes()
}

#[cfg(test)]
mod tests {
    #[test]
    fn its_cross_references_lead_to_its_objects() {
        let pdf = String::from_utf8(super::pdf(&["Extract (specimen)"])).unwrap();
        let (_, table) = pdf.split_once("f \n").unwrap();
        let offsets = table
            .lines()
            .map_while(|line| line.strip_suffix(" 00000 n "));
        let mut found = 0;
        for (index, offset) in offsets.enumerate() {
            let at: usize = offset.parse().unwrap();
            assert!(
                pdf[at..].starts_with(&format!("{} 0 obj", index + 1)),
                "{offset}"
            );
            found += 1;
        }
        assert_eq!(found, 5);
        assert!(pdf.contains("(Extract \\(specimen\\)) Tj"));
    }
}
