//! A file that the manual includes a piece of.

fn main() {
    // #region greeting
    let name = std::env::args().nth(1).unwrap_or_else(|| "世界".to_owned());
    println!("你好，{name}！");
    // #endregion greeting
}
