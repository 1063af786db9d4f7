//! A corpus that is written like reports are, the same on every machine: Chinese and English pages whose sentences are put
//! together from many words, some of them rare, and whose sections share phrases.
#![allow(dead_code, reason = "each program uses its own part")]

use std::fmt::Write as _;

/// A small generator of numbers that is the same everywhere (xorshift64).
pub struct Numbers(u64);

impl Numbers {
    /// The numbers that follow from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap_or(0)
    }

    /// A position in a list of which the first are far more common than the last (Zipf's law, roughly).
    pub fn common(&mut self, end: usize) -> usize {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((end as f64).powf(share) - 1.0) as usize % end
    }
}

/// The characters of Chinese words: those that reports are full of first.
const HAN: &str = "的一是在和有为人中发展企业技术创新科研成果转化产城市政策平台基金项目服务中心大学建设工程实验室国家市场资金人才\
    合同机构园区计划支持重点领域研究院所开放数据智能制造材料生物医药能源环境交通教育文化金融投资概念验证孵化试点改革制度机制管理\
    组织协调推动促进加强完善提高水平质量效率成本价值标准专利知识权保护法律规范监督评价考核激励分配收益股份公司集团协会联盟网络信息\
    通信软件硬件芯片半导体光电航空航天海洋农业林渔牧水利气象地质矿冶化学物理数学力热声磁电子机械动仪器表设备车船港口铁路桥梁隧道";

const SYLLABLES: [&str; 48] = [
    "in", "no", "va", "tion", "re", "search", "con", "ver", "pro", "ject", "ma", "ter", "ial", "en", "er", "gy", "bi",
    "o", "lo", "gic", "al", "net", "work", "ser", "vice", "com", "pa", "ny", "fi", "nance", "in", "vest", "ment",
    "uni", "ci", "ty", "mar", "ket", "pi", "lot", "base", "in", "cu", "ba", "tor", "ta", "lent", "fund",
];

/// The words of a language: two or three characters, or a few syllables; the first are the most common.
pub struct Words {
    han: Vec<String>,
    latin: Vec<String>,
}

impl Default for Words {
    fn default() -> Self {
        let mut numbers = Numbers::new(7);
        let all: Vec<char> = HAN.chars().filter(|c| !c.is_whitespace()).collect();
        let han = (0..6_000).map(|_| {
            let length = if numbers.below(4) == 0 { 3 } else { 2 };
            (0..length).map(|_| all[numbers.below(all.len())]).collect()
        });
        let han: Vec<String> = han.collect();
        let latin = (0..4_000).map(|_| {
            let length = 1 + numbers.below(3);
            (0..=length).map(|_| SYLLABLES[numbers.below(SYLLABLES.len())]).collect()
        });
        Self { han, latin: latin.collect() }
    }
}

impl Words {
    fn sentence(&self, numbers: &mut Numbers, english: bool, words: usize) -> String {
        let mut text = String::new();
        for at in 0..words {
            if english {
                let word = &self.latin[numbers.common(self.latin.len())];
                let _ = write!(text, "{}{word}", if at > 0 { " " } else { "" });
            } else {
                text.push_str(&self.han[numbers.common(self.han.len())]);
                if at + 1 < words && at % 6 == 5 {
                    text.push('，');
                }
            }
        }
        text
    }

    /// A title of a few words, most of them rare.
    fn title(&self, numbers: &mut Numbers, english: bool) -> String {
        let count = 3 + numbers.below(2);
        let words: Vec<&str> = (0..count)
            .map(|_| {
                if english {
                    self.latin[numbers.below(self.latin.len())].as_str()
                } else {
                    &self.han[numbers.below(self.han.len())]
                }
            })
            .collect();
        words.join(if english { " " } else { "" })
    }

    /// The text of a page of about this many characters: a title, sections of paragraphs.
    pub fn page(&self, number: usize, characters: usize, english: bool) -> (String, String) {
        let mut numbers = Numbers::new(number as u64 + 1);
        let title = self.title(&mut numbers, english);
        let end = if english { ". " } else { "。" };
        let mut text = String::new();
        while text.chars().count() < characters {
            let _ = write!(text, "## {}\n\n", self.title(&mut numbers, english));
            for _ in 0..3 {
                for _ in 0..3 {
                    let length = 8 + numbers.below(10);
                    text.push_str(&self.sentence(&mut numbers, english, length));
                    text.push_str(end);
                }
                text.push_str("\n\n");
            }
        }
        (title, text)
    }

    /// The files of a site of pages of about two thousand characters; every `english`th page is English, none for 0.
    pub fn files(&self, pages: usize, english: usize) -> Vec<(String, String)> {
        let mut files = vec![("content/_index.md".to_owned(), "---\ntitle: 首页\n---\n".to_owned())];
        for number in 0..pages {
            let (title, text) = self.page(number, 2_000, english > 0 && number % english == 0);
            files.push((
                format!("content/s{}/p{number}.md", number / 50),
                format!("---\ntitle: {title}\n---\n\n{text}"),
            ));
        }
        files
    }
}
