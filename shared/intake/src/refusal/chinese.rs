//! The same in Chinese.

use super::{Refusal, Remedy, TAKEN, grouped};

impl Refusal {
    /// What is wrong and what to do, Chinese.
    #[must_use]
    pub fn chinese(&self) -> String {
        match self {
            Self::Empty => "文件是空的：请另选一个文件。".to_owned(),
            Self::TooLarge { bytes, limit } => {
                format!("文件有 {} 字节，最多接收 {} 字节：请压缩或拆分后再上传。", grouped(*bytes), grouped(*limit))
            }
            Self::NoExtension => "文件名没有扩展名（如 .pdf）：请补上与文件类型相符的扩展名。".to_owned(),
            Self::UnknownKind { found } => unknown(*found),
            Self::KindDiffers { extension, found } => {
                format!(
                    "文件名以 .{extension} 结尾，内容却是 .{found} 文件：请用相应软件另存为所需格式，或改正扩展名。"
                )
            }
            Self::Damaged { found } => {
                format!("文件（.{found}）不完整或已损坏：请打开后重新保存，并确认复制、下载完整。")
            }
            Self::Encrypted { .. } => "文件设有密码或权限限制，无法检查：请取消保护后重新保存。".to_owned(),
            Self::Macros { found } => format!("文件含有宏：请另存为不含宏的 .{found} 文件。"),
            Self::Active { what } => {
                format!("文件含有 {what}，会在读者的电脑上执行操作或夹带其他文件：请去掉后重新导出。")
            }
            Self::Moving { .. } => "图片是动图：请改用静态图片，或以 mp4 视频上传。".to_owned(),
            Self::PictureTooLarge { width, height, side, pixels } => format!(
                "图片为 {width} × {height} 像素，每边最多 {} 像素、总数最多 {} 像素：请缩小后再上传。",
                grouped(u64::from(*side)),
                grouped(*pixels)
            ),
            Self::PictureSwells { bytes, limit } => {
                format!("图片存储后将有 {} 字节，最多保存 {} 字节：请缩小后再上传。", grouped(*bytes), grouped(*limit))
            }
            Self::TooManyEntries { entries, limit } => {
                format!("压缩包内有 {} 项，最多接收 {} 项：请拆分。", grouped(*entries), grouped(*limit))
            }
            Self::ExpandsTooFar { limit } => format!("压缩包解压后超过 {} 字节：请拆分。", grouped(*limit)),
            Self::TooDense { limit } => format!("压缩包解压后超过自身大小的 {limit} 倍：请去掉其中大量重复的内容。"),
            Self::LeadsOut { entry } => {
                format!("压缩包中的“{entry}”指向压缩包之外：请在文件夹内重新打包。")
            }
            Self::Program { entry } => format!("压缩包中的“{entry}”是程序、脚本、网页或带宏的文档：请去掉。"),
            Self::Unreadable { entry } => {
                format!("压缩包中的“{entry}”采用了不常见的压缩方式，无法检查：请重新打包为普通 zip。")
            }
            Self::Hidden { line, character } => {
                format!("第 {line} 行有不显示或会颠倒文字方向的字符 U+{:04X}：请删除。", u32::from(*character))
            }
            Self::Formula { line, cell } => {
                format!("第 {line} 行的单元格“{cell}”会被表格软件当作公式执行：请改为数值，或在前面加上文字。")
            }
        }
    }
}

fn unknown(found: Option<&str>) -> String {
    let what = found.map_or_else(|| "不接收这种类型的文件".to_owned(), |found| format!("不接收 {found} 类型的文件"));
    let advice = match Remedy::of(found) {
        Remedy::Pack => "请改用 zip 打包。",
        Remedy::Picture => "请另存为 jpg 或 png。",
        Remedy::Film => "请另存为 mp4。",
        Remedy::Sound => "请另存为 mp3。",
        Remedy::Encode => "请另存为 UTF-8 编码。",
        Remedy::None => "",
    };
    format!("{what}：{advice}可以上传的有 {}。", TAKEN.replace(", ", "、"))
}
